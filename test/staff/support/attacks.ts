// Makes 300 strings that could act as markup, an address, a style or a text direction, and 5,000
// variants.
const SCRIPTS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<details open ontoggle=alert(1)>',
  '<style>*{display:none}</style>',
  '<link rel=stylesheet href=//example.org/x.css>',
  '<base href=//example.org/>',
  '<meta http-equiv=refresh content="0;url=//example.org">',
  '<form action=//example.org><input name=x autofocus onfocus=alert(1)></form>',
  '<object data=//example.org/x></object>',
  '<template><img src=x onerror=alert(1)></template>',
  '<body onload=alert(1)>',
  '<video><source onerror=alert(1)></video>',
  '<input type=image src=x onerror=alert(1)>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '{"dangerouslySetInnerHTML":{"__html":"<b>x</b>"}}',
  '${alert(1)}',
  '{{constructor.constructor("alert(1)")()}}',
]
const WRAPS: ((inner: string) => string)[] = [
  (inner) => inner,
  (inner) => `"'>${inner}`,
  (inner) => `</textarea></title></style></script>${inner}`,
  (inner) => `\u202e${inner}\u202c\u2066`,
  (inner) => `\u2067${inner}`,
  (inner) => inner.toUpperCase(),
  (inner) => inner.replaceAll('<', '&lt;'),
  (inner) => inner.replaceAll('<', '\\u003c'),
  (inner) => `${inner}\u0000`,
  (inner) => inner.split('').join('\u200b'),
  (inner) => `Жардам\n\n${inner}\n\tкерек`,
  (inner) => `${inner}${'\u0301'.repeat(200)}`,
]

export const attacks = (): string[] => SCRIPTS.flatMap((inner) => WRAPS.map((wrap) => wrap(inner)))

const DIRECTIONS = ['', ...'\u200e\u200f\u061c\u202a\u202b\u202d\u202e\u2066\u2067\u2068']
const TAILS = ['', ' --><b>', '"><svg/onload=alert(1)>']

/** Picks 5,000 variants of the 300, with a direction character before and a tail after each. */
export function manyAttacks(): string[] {
  const made = attacks().flatMap((attack) =>
    DIRECTIONS.flatMap((turn) => TAILS.map((tail) => turn + attack + tail)),
  )
  const all = [...new Set(made)]
  const step = all.length / 5000
  return Array.from({ length: 5000 }, (_, at) => all[Math.floor(at * step)] ?? '')
}
