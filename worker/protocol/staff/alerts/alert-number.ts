// Numbers the sentences that a call can show. A call to a device contains only a number. If the
// call contained words, a server could speak in the name of the staff app.

/** The sentences from content/strings/<lang>/alert.json, by number. */
const SENTENCES = ['waits', 'test'] as const

/** `waits` for an alert and for a digest, `test` when an admin tests the addresses. */
export type AlertText = (typeof SENTENCES)[number]

export const numberOfAlert = (topic: AlertText): string => String(SENTENCES.indexOf(topic))

/** Returns the sentence for the number in a call. An unknown number yields `waits`. */
export const alertOfNumber = (text: string): AlertText => SENTENCES[Number(text)] ?? 'waits'
