// Lists the sentences that the edge itself writes into a page. The edition check reports missing
// sentences. The edge also needs every sentence in errors.json.

/** The keys of tell.json. */
export const EDGE_SENTENCES = [
  'tell.title',
  'done.heading',
  'done.file_lost',
  'done.numberless',
  'done.number',
  'done.keep',
  'answer.written',
  'answer.destroyed',
  'answer.files',
  'answer.now',
  'say.arrived',
  'calls.inside',
  'calls.child',
  'calls.abroad',
  'calls.other',
  'calls.police',
  'calls.consulate',
  'calls.hours',
  'calls.kept',
] as const
export type EdgeSentence = (typeof EDGE_SENTENCES)[number]
