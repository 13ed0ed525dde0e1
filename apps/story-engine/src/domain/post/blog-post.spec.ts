import { describe, expect, it } from '@jest/globals';
import { blogPostHtml } from './blog-post.js';

const page = (markdown: string): string => blogPostHtml({ title: 'Your <week>', markdown, area: 'health' });
const bodyOf = (html: string): string => /<\/svg>([\s\S]*)<\/main>/.exec(html)?.[1] ?? '';

describe('the blog post', () => {
  it('is a page of its own with the words as written', () => {
    const html = page('# A quiet week\n\nYou *ran* twice.\n\n- Tuesday\n- Saturday');
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain('<title>Your &#60;week&#62;</title>');
    expect(bodyOf(html)).toContain('<h1>A quiet week</h1>');
    expect(bodyOf(html)).toContain('<li>Saturday</li>');
  });

  it('shows HTML instead of running it', () => {
    const hostile = ['<script>alert(1)</script>', 'a <img src=x onerror=alert(1)> b', '<svg/onload=alert(1)>', '[x](javascript:alert(1))', '![x](https://evil.example/p.png)', '[y](https://a.example/"onclick="alert(1))', '<a href="javascript:alert(1)">z</a>', '`<b>`', '[q](data:text/html,x "t\\" onmouseover=\\"x")'];
    for (const markdown of hostile) {
      const body = bodyOf(page(markdown));
      expect(body).not.toMatch(/<(script|img|svg|iframe|b)\b/i);
      expect(body).not.toMatch(/href="(?!https?:)/i);
      expect(body).not.toMatch(/<[^>]*\son\w+\s*=/i);
    }
  });

  it('loads nothing from anywhere', () => {
    const html = page('Words.');
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/(src|@import|url\()\s*=?\s*["'(]?https?:/i);
    expect(html).not.toContain('<link');
  });
});
