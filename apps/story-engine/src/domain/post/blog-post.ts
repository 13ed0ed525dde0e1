import { Marked, type Tokens } from 'marked';
import { INK_BLACK, INK_QUIET, mix, PALETTE, PAPER } from '../film/palette.js';
import type { LifeArea } from '@selfos/kernel';

/** Nothing may be fetched, run or sent from the page, whatever its words say. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/**
 * A whole HTML page from Markdown, in the look of the stories. Everything written is text: HTML in the Markdown is shown, not run;
 * pictures become their description; links lead to http(s) or are plain words. The page loads nothing from anywhere.
 */
export function blogPostHtml(post: { readonly title: string; readonly markdown: string; readonly area: LifeArea }): string {
  const tones = PALETTE[post.area];
  const body = safeMarked().parse(post.markdown, { async: false });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escapeHtml(post.title)}</title>
<style>
body{margin:0;background:linear-gradient(${tones.wash},${PAPER} 60vh) ${PAPER};color:${INK_BLACK};font:19px/1.65 Fraunces,Georgia,"Times New Roman",serif}
main{max-width:34rem;margin:0 auto;padding:12vh 1.5rem 20vh}
svg{display:block;width:11rem;margin:0 0 3.5rem 38%}
h1{font-weight:400;font-size:clamp(2.2rem,7vw,3.4rem);line-height:1.1;margin:0 0 2rem;letter-spacing:-.01em}
h2,h3{font:600 .85rem/1.4 Inter,system-ui,sans-serif;letter-spacing:.09em;text-transform:uppercase;color:${tones.ink};margin:3rem 0 .75rem}
p,ul,ol,blockquote{margin:0 0 1.25rem}
ul,ol{padding-left:1.2em}
blockquote{border-left:3px solid ${tones.mid};padding-left:1.1rem;color:${INK_QUIET}}
em{color:${INK_QUIET}}
a{color:${tones.ink}}
hr{border:0;height:2px;width:4rem;background:${mix(tones.mid, PAPER, 0.4)};margin:3rem 0}
code,pre{font:.85em/1.5 ui-monospace,monospace;white-space:pre-wrap}
table{border-collapse:collapse;font:.85rem/1.6 Inter,system-ui,sans-serif}
td,th{text-align:left;padding:.3rem 1rem .3rem 0;border-bottom:1px solid ${mix(tones.mid, PAPER, 0.7)}}
</style>
</head>
<body>
<main>
<svg viewBox="0 0 200 150" aria-hidden="true"><path d="M14 118a88 88 0 1 1 172 0q-86 12-172 0z" fill="${tones.mid}"/><path d="M26 132h140M62 142h76" stroke="${tones.mid}" stroke-opacity=".35" stroke-width="3"/></svg>
${body.trim()}
</main>
</body>
</html>
`;
}

function safeMarked(): Marked {
  return new Marked({
    gfm: true,
    renderer: {
      html: ({ text }: Tokens.HTML | Tokens.Tag) => escapeHtml(text),
      image: ({ text }: Tokens.Image) => escapeHtml(text),
      link(link: Tokens.Link) {
        const words = this.parser.parseInline(link.tokens);
        return /^https?:\/\//i.test(link.href) ? `<a href="${escapeHtml(link.href)}" rel="noopener noreferrer nofollow">${words}</a>` : words;
      },
    },
  });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
