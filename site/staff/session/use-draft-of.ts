// Holds a draft of several fields. The draft survives a refusal, a visit to another screen, and the
// locking of the app.
import { useState } from 'preact/hooks'
import type * as z from 'zod/mini'
import { useDraft } from './unsent-drafts.tsx'

/** Returns null for a text that is not such a draft. */
export function readDraft<Draft>(schema: z.ZodMiniType<Draft>, text: string): Draft | null {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Holds a draft, which is null while the form is closed. See useDraft. */
export function useDraftOf<Draft>(
  schema: z.ZodMiniType<Draft>,
  key: string,
): [Draft | null, (draft: Draft | null) => void] {
  const [text, write] = useDraft(key)
  const [draft, setDraft] = useState(() => readDraft(schema, text))
  const keep = (next: Draft | null): void => {
    setDraft(next)
    write(next ? JSON.stringify(next) : '')
  }
  return [draft, keep]
}
