// Asks the server of `npm run edit`. The browser sends the cookie of this run by itself.

export const askServer = (address: string, init: RequestInit = {}): Promise<Response> =>
  fetch(address, { ...init, credentials: 'same-origin' })
