/** Rows as a Markdown table; pipes in cells are escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** What every generated document begins with. */
export const GENERATED = '<!-- Made by `npm run generate` from the code; `npm run check` compares. Do not edit. -->';
