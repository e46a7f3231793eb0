// Lists the parts that a text can contain, with an example of each. The browser editor offers these
// parts, and `npm run content` refuses all others.

/** The content of an attribute: an id from a file, a name from a list, or words. */
export type AttributeKind =
  | 'fact'
  | 'facts'
  | 'numbers'
  | 'value'
  | 'values'
  | 'picture'
  | 'figure'
  | 'figures'
  | 'passage'
  | 'readers'
  | 'words'
  | 'rows'
  | 'flag'

export interface TextPart {
  name: string
  /** The text that the editor inserts. */
  sample: string
  attributes: Readonly<Record<string, AttributeKind>>
  /** Attributes that may be absent. */
  optional?: readonly string[]
  /** True when the part surrounds words, and so has a closing tag. */
  wraps?: boolean | 'maybe'
  /** True when the part may be used inside a sentence, without its own line. */
  isInline?: boolean
}

const around = (tag: string, words = '…'): string => {
  const [name = ''] = tag.split(' ')
  return `<${tag}>\n\n${words}\n\n</${name}>`
}

const FACTS: readonly TextPart[] = [
  { name: 'FactText', sample: '<FactText id="…" />', attributes: { id: 'fact' } },
  { name: 'Facts', sample: "<Facts ids={['…']} />", attributes: { ids: 'facts' } },
]

/** The parts of content/pages/. */
export const PAGE_PARTS: readonly TextPart[] = [
  { name: 'p', sample: '<p class="lead">…</p>', attributes: { class: 'words' }, wraps: true },
  { name: 'Valley', sample: '<Valley />', attributes: {} },
  ...FACTS,
  { name: 'Figure', sample: '<Figure id="…" />', attributes: { id: 'figure' } },
  { name: 'Figures', sample: "<Figures ids={['…']} />", attributes: { ids: 'figures' } },
  { name: 'Quote', sample: around('Quote'), attributes: {}, wraps: true },
  { name: 'Contacts', sample: "<Contacts ids={['…']} />", attributes: { ids: 'numbers' } },
  {
    name: 'Callout',
    sample: around('Callout title="…"'),
    attributes: { title: 'words', danger: 'flag', heading: 'words' },
    optional: ['title', 'danger', 'heading'],
    wraps: true,
  },
  { name: 'Checklist', sample: around('Checklist', '- …'), attributes: {}, wraps: true },
  {
    name: 'Fold',
    sample: around('Fold title="…"'),
    attributes: { title: 'words' },
    wraps: true,
  },
  {
    name: 'Question',
    sample: around('Question title="…"'),
    attributes: { title: 'words' },
    wraps: true,
  },
  { name: 'Message', sample: around('Message'), attributes: {}, wraps: true },
  { name: 'Picture', sample: '<Picture name="…" />', attributes: { name: 'picture' } },
  {
    name: 'Situation',
    sample: around('Situation title="…" name="…"', '- …'),
    attributes: { title: 'words', name: 'words' },
    wraps: true,
  },
  {
    name: 'Sheet',
    sample: `<Sheet title="…" rows={['…']} />`,
    attributes: { title: 'words', rows: 'rows' },
  },
  { name: 'Handout', sample: around('Handout'), attributes: {}, wraps: true },
  {
    name: 'Awaited',
    sample: around("Awaited keys={['…']}"),
    attributes: { keys: 'values' },
    wraps: 'maybe',
  },
  { name: 'Unpromised', sample: "<Unpromised keys={['…']} />", attributes: { keys: 'values' } },
  {
    name: 'Signed',
    sample: around('Signed by="…" instead="…"'),
    attributes: { by: 'value', instead: 'words' },
    optional: ['instead'],
    wraps: true,
  },
  {
    name: 'FirstSteps',
    sample: '<FirstSteps for="…" />',
    attributes: { for: 'readers' },
    wraps: 'maybe',
  },
  { name: 'Network', sample: '<Network />', attributes: {} },
  { name: 'NightLine', sample: '<NightLine />', attributes: {}, isInline: true },
  { name: 'Onward', sample: '<Onward />', attributes: {} },
  { name: 'SelfCheck', sample: '<SelfCheck />', attributes: {} },
]

/** The parts of content/countries/. */
export const COUNTRY_PARTS: readonly TextPart[] = [
  ...PAGE_PARTS.slice(0, 1),
  ...FACTS,
  { name: 'Passage', sample: '<Passage name="police" />', attributes: { name: 'passage' } },
]

/** The values that an attribute with a fixed list may have. */
export const CHOICES = {
  passage: ['police', 'passport'],
  readers: ['family', 'professionals'],
} as const
