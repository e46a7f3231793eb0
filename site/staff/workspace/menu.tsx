// Shows the menu of rarely needed items: the name, other screens, the language, signing out.
import { useEffect, useRef } from 'preact/hooks'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { type Screen } from '../session/navigation.ts'
import { useSessionContext } from '../session/session-context.ts'

interface MenuProps {
  screens: readonly Screen[]
  screen: Screen
  /** number of newcomers who are waiting for a confirmation */
  newcomers: number
  onScreen: (screen: Screen) => void
  onSignOut: () => void
}

export function Menu({ screens, screen, newcomers, onScreen, onSignOut }: MenuProps) {
  const { t } = useMessages()
  const { me } = useSessionContext()
  const menu = useRef<HTMLDetailsElement>(null)
  const close = (): void => menu.current?.removeAttribute('open')

  useEffect(() => {
    const outside = (event: Event): void => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) close()
    }
    addEventListener('pointerdown', outside)
    addEventListener('focusin', outside)
    return () => {
      removeEventListener('pointerdown', outside)
      removeEventListener('focusin', outside)
    }
  }, [])
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !menu.current?.open) return
    // The event must stop here, because otherwise the same key press would also close the report.
    event.stopPropagation()
    close()
    menu.current.querySelector('summary')?.focus()
  }

  return (
    <details class="menu" ref={menu} onKeyDown={escape}>
      <summary>
        <span>{t('staff.menu')}</span>
        {newcomers > 0 && <b class="count">{newcomers}</b>}
      </summary>
      <div class="menu-box">
        <p>
          <b>{me.name}</b>
          <small>{me.roles.map((role) => t(`staff.role.${role}`)).join(', ')}</small>
        </p>
        {screens.length > 1 && (
          <nav aria-label={t('staff.screens')}>
            {screens.map((each) => (
              <button
                key={each}
                type="button"
                aria-current={each === screen ? 'page' : undefined}
                onClick={() => {
                  close()
                  onScreen(each)
                }}
              >
                {t(`staff.screen.${each}`)}
                {each === 'people' && newcomers > 0 && (
                  <b class="count">{t('staff.people.waiting.count', { n: newcomers })}</b>
                )}
              </button>
            ))}
          </nav>
        )}
        <LanguageSwitch />
        <button type="button" onClick={onSignOut}>
          {t('staff.signout')}
        </button>
      </div>
    </details>
  )
}
