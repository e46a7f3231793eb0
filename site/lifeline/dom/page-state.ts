// Stores a lifeline page's state: sending or not sending. The state is stored in the text field's
// `readOnly` property, because the page and its tools are separate bundles. These bundles share
// only the document.
import { byId } from './by-id.ts'

/** The field for words. */
export const text = /* @__PURE__ */ byId<HTMLTextAreaElement>('text')

/**
 * Sets whether the page is sending. While the page is sending, the words cannot change and "Send"
 * does nothing.
 */
export const setSending = (isNow: boolean): void => {
  text.readOnly = isNow
}

export const isSending = (): boolean => text.readOnly
