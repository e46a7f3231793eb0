// Shows pictures and films from strangers, and plays sound. Nothing is decoded or played before the
// person asks for it. A picture or film is blurred at first, and a film starts muted. A picture
// that would take up too much memory is not shown. The only URLs used here are blob URLs, made from
// bytes that this page has opened. A test checks that no other file sets a URL.
import { useEffect, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { useMessages } from '../../../i18n/messages.tsx'
import { LookButton, type Look } from './look-button.tsx'
import { showable } from './picture-size.ts'

interface ShownFileProps {
  content: Bytes
  /** one of the types in file-kind.ts, not the sender's type */
  type: string
}

/**
 * Returns a blob URL for the bytes while `wanted` is true, otherwise null. The URL is revoked when
 * the component unmounts.
 */
function useBlobAddress({ content, type }: ShownFileProps, wanted: boolean): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (!wanted) return undefined
    const made = URL.createObjectURL(new Blob([content], { type }))
    setAddress(made)
    return () => {
      setAddress(null)
      URL.revokeObjectURL(made)
    }
  }, [content, type, wanted])
  return address
}

export function PicturePreview(props: ShownFileProps) {
  const { t } = useMessages()
  const [look, setLook] = useState<Look>('covered')
  const [broken, setBroken] = useState(false)
  const address = useBlobAddress(props, look !== 'covered')
  const can = showable(props.content)
  if (can === 'huge') return <p class="refused">{t('staff.file.huge')}</p>
  if (can === 'unknown' || broken) return <p class="refused">{t('staff.file.unshown')}</p>
  return (
    <>
      {address !== null && (
        <div class={`picture is-${look}`}>
          <img
            src={address}
            alt={t('staff.file.alt')}
            decoding="async"
            onError={() => setBroken(true)}
          />
        </div>
      )}
      <LookButton look={look} showKey="staff.file.show" onLook={setLook} />
    </>
  )
}

export function FilmPreview(props: ShownFileProps) {
  const { t } = useMessages()
  const [look, setLook] = useState<Look>('covered')
  const [broken, setBroken] = useState(false)
  const address = useBlobAddress(props, look !== 'covered')
  if (broken) return <p class="refused">{t('staff.film.unshown')}</p>
  return (
    <>
      {address !== null && (
        <div class={`picture is-${look}`}>
          <video
            controls
            muted
            playsInline
            disablePictureInPicture
            // This forces people to save with the button that first shows a warning.
            controlsList="nodownload noremoteplayback"
            preload="metadata"
            src={address}
            aria-label={t('staff.film.watch')}
            onError={() => setBroken(true)}
          />
        </div>
      )}
      <LookButton look={look} showKey="staff.film.show" onLook={setLook} />
    </>
  )
}

export function SoundPreview(props: ShownFileProps) {
  const { t } = useMessages()
  const address = useBlobAddress(props, true)
  if (address === null) return null
  return (
    <audio
      controls
      // This forces people to save with the button that first shows a warning.
      controlsList="nodownload"
      preload="metadata"
      src={address}
      aria-label={t('staff.file.listen')}
    />
  )
}
