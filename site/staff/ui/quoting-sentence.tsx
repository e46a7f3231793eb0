import { useMessages, type MessageKey } from '../i18n/messages.tsx'
import { LABEL_VALUES, piecesOf } from '../i18n/quoted-labels.ts'

/** Shows a sentence in which the quoted labels look like the buttons of the screens. */
export function QuotingSentence({ text, isMore }: { text: string; isMore?: boolean }) {
  const { t } = useMessages()
  return (
    <p class={isMore ? 'hint' : undefined}>
      {piecesOf(text).map((piece, n) =>
        'words' in piece ? (
          piece.words
        ) : (
          // Guarantee: a check of `npm run verify` looks up every quoted key.
          <b key={n}>{t(piece.key as MessageKey, LABEL_VALUES)}</b>
        ),
      )}
    </p>
  )
}
