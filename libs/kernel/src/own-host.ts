const PRIVATE = /^(?:localhost|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|\[::1\]|\[f[cd][0-9a-f]{2}:[0-9a-f:]*\]|[a-z0-9-]+|[a-z0-9.-]+\.(?:local|internal|localhost|svc|lan))$/i;

/** Whether an address is one of the person's own machines: this one, a private network (RFC 1918, RFC 4193), or a name without a public domain. */
export function isOwnHost(address: string): boolean {
  if (/^(?!https?:)[a-z][a-z0-9+.-]*:\/\//i.test(address)) return false;
  try {
    const { hostname } = new URL(/^https?:\/\//i.test(address) ? address : `http://${address}`);
    return PRIVATE.test(hostname);
  } catch {
    return false;
  }
}
