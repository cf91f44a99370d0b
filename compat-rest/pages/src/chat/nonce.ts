/** Names a message before the server does, so that sending it twice stores it once. */
export function newNonce(): string {
  // randomUUID is missing where the page came without TLS.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
