// Searches bytes for a sentence in every encoding that a careless program might use.

/** Returns every encoding of `text` in a file or a request, as latin1 strings of its bytes. */
function encodings(text: string): string[] {
  const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
  const utf8 = Buffer.from(text, 'utf8')
  const utf16 = Buffer.from(text, 'utf16le')
  const escaped = text.replace(
    /[^ -~]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return [
    latin1(utf8),
    latin1(utf16),
    latin1(Buffer.from(utf16).swap16()),
    ...[utf8, utf16].flatMap(spelled),
    encodeURIComponent(text),
    encodeURIComponent(text).replace(/%20/g, '+'),
    escaped,
    escaped.replace(/\\u[\da-f]{4}/g, (code) => code.toUpperCase().replace('\\U', '\\u')),
  ]
}

const spelled = (bytes: Buffer): string[] => [
  ...base64s(bytes),
  bytes.toString('hex'),
  bytes.toString('hex').toUpperCase(),
]

/** Returns every encoding of bytes that are not text, such as an id. */
const encodingsOfBytes = (bytes: Buffer): string[] => [bytes.toString('latin1'), ...spelled(bytes)]

/** Returns the stable part of the base64 text for three alignments and two alphabets. */
function base64s(bytes: Buffer): string[] {
  const forms = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    return text.slice(shift ? shift + 1 : 0, -2)
  })
  return [...forms, ...forms.map((form) => form.replace(/\+/g, '-').replace(/\//g, '_'))]
}

/** Returns the encodings of `sentences`, texts or bytes, that are found in `bytes`. */
export function findCanary(bytes: Uint8Array | string, sentences: (string | Buffer)[]): string[] {
  const hay = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : Buffer.from(bytes)
  const text = hay.toString('latin1')
  return sentences
    .flatMap((each) => (typeof each === 'string' ? encodings(each) : encodingsOfBytes(each)))
    .filter((encoded) => text.includes(encoded))
}
