// Strings are taken in long runs: an alternation per character exhausts the stack on a large content.
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g;

/** Whether any object in valid JSON text names one key twice, escapes considered. JSON.parse would silently keep the last. */
export function hasDuplicateKeys(json: string): boolean {
  const tokens = json.match(TOKEN) ?? [];
  const open: Set<string>[] = [];
  return tokens.some((token, index) => {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (tokens[index + 1] === ':') return isRepeated(token, open.at(-1));
    return false;
  });
}

function isRepeated(token: string, seen: Set<string> | undefined): boolean {
  const key = String(JSON.parse(token));
  if (seen?.has(key) === true) return true;
  seen?.add(key);
  return false;
}
