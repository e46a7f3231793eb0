// Holds a draft of several fields. A text that is not such a draft counts as no draft.
import type * as z from 'zod/mini'
import { useDraft } from './unsent-drafts.tsx'

function readDraft<Draft>(schema: z.ZodMiniType<Draft>, text: string): Draft | null {
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
  return [readDraft(schema, text), (draft) => write(draft ? JSON.stringify(draft) : '')]
}
