// Lists the headers that Cloudflare adds to the site's responses, and explains why each is
// harmless. Every other header that the site did not sign is a fault. Headers that a zone setting
// switches off are faults too: NEL and Report-To, Set-Cookie, Speculation-Rules, and Alt-Svc with
// h3. docs/operations/published-pages.md shows the list.

interface AddedHeader {
  /** the values that are harmless */
  value: RegExp
  why: string
}

const ANY = /^/

export const ADDED_BY_CLOUDFLARE: Readonly<Record<string, AddedHeader>> = {
  date: { value: ANY, why: 'the clock of the edge' },
  server: { value: /^cloudflare$/, why: 'the name of the edge' },
  'cf-ray': { value: /^[\da-f]+-[A-Z]{3}$/, why: 'the number of the request, for support' },
  'cf-cache-status': { value: /^[A-Z]+$/, why: 'whether the cache of the edge had the file' },
  age: { value: /^\d+$/, why: 'how long the cache of the edge has had the file' },
  etag: { value: /^(W\/)?"[\w+/=:.-]*"$/, why: 'the name of the bytes, to ask again for less' },
  'last-modified': { value: ANY, why: 'the day of the file, to ask again for less' },
  'accept-ranges': { value: /^(bytes|none)$/, why: 'whether a part can be asked for' },
  vary: {
    value: /^accept-(encoding|language)(, ?accept-(encoding|language))*$/i,
    why: 'which request headers choose the answer',
  },
  'content-encoding': { value: /^(br|gzip|deflate|zstd)$/, why: 'the compression on the way' },
  'content-length': { value: /^\d+$/, why: 'the number of bytes on the way' },
  'transfer-encoding': { value: /^chunked$/, why: 'how HTTP/1.1 ends a body' },
  connection: { value: /^(keep-alive|close)$/i, why: 'whether HTTP/1.1 keeps the connection' },
  'keep-alive': { value: /^timeout=\d+(, ?max=\d+)?$/, why: 'how long HTTP/1.1 keeps it' },
  'alt-svc': {
    value: /^(clear|h2="[a-z\d.]+\.onion:443"; ma=\d+(; persist=1)?)$/,
    why: 'the way for Tor, of Onion Routing; never HTTP/3',
  },
  'server-timing': {
    value: /^cf\w+;[^<>]*$/i,
    why: 'times of the edge, which no page of ours reads',
  },
}
