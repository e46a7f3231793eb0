// Sends requests to the server of `npm run edit`. The browser adds the cookie of this run
// automatically.

export const askServer = (address: string, init: RequestInit = {}): Promise<Response> =>
  fetch(address, { ...init, credentials: 'same-origin' })
