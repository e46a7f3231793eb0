// Shows an opened file: the verdict on its hash, a preview, and the button to save it.
import { type Bytes } from '#protocol/bytes'
import { type SealedFile } from '#protocol/report/plain-report'
import { findMetadata } from '#site/lifeline/attachments/find-metadata.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { savedName, shownAs } from './file-kind.ts'
import { FilmPreview, PicturePreview, SoundPreview } from './file-preview.tsx'
import { hashDigits, type OpenedFile } from './open-file.ts'
import { PdfPreview } from './pdf/pdf-preview.tsx'
import { pictureSize } from './picture-size.ts'
import { SaveFile } from './save-button.tsx'

interface OpenedPartProps {
  /** file id, base64url */
  id: string
  file: SealedFile
  opened: OpenedFile
}

export function OpenedPart({ id, file, opened }: OpenedPartProps) {
  const { t } = useMessages()
  const { content, hash, fits } = opened
  const shown = shownAs(file.type)
  return (
    <>
      <p class={fits ? undefined : 'refused'} role="status">
        {t(fits ? 'staff.file.fits' : 'staff.file.differs')}
      </p>
      {file.made === 'redrawn' && <Redrawn content={content} />}
      <p class="hash">
        <small>SHA-256</small> {hashDigits(hash)}
      </p>
      {shown?.kind === 'picture' && <PicturePreview content={content} type={shown.type} />}
      {shown?.kind === 'sound' && <SoundPreview content={content} type={shown.type} />}
      {shown?.kind === 'film' && <FilmPreview content={content} type={shown.type} />}
      {shown?.kind === 'document' && <PdfPreview content={content} />}
      <SaveFile content={content} name={savedName(id, file.type)} />
    </>
  )
}

/**
 * Shows whether a picture contains metadata, because what the sender's device claims may be false.
 */
function Redrawn({ content }: { content: Bytes }) {
  const { t } = useMessages()
  if (!pictureSize(content)) return null
  const isClean = findMetadata(content).length === 0
  return (
    <p class={isClean ? undefined : 'refused'}>
      {t(isClean ? 'staff.file.redrawn.clean' : 'staff.file.redrawn.hidden')}
    </p>
  )
}
