// Checks a page once against every layout rule: nothing is cut off, covered, broken or too small.
// The function runs inside the page, so it does not use anything outside itself.

export interface Rules {
  /** true when the text has its default size, for which the first screen is designed */
  isUsualText: boolean
  /** true for a phone screen */
  isPhone: boolean
  /** the number of call rows that must be fully visible on the first screen */
  calls: number
  /** true when the main button must be fully visible on the first screen */
  isButtonFirst: boolean
}

/** Returns a sentence for each fault on the page at its current width, text size and font. */
export function findFaults({ isUsualText, isPhone, calls, isButtonFirst }: Rules): string[] {
  /** the minimum side length of a tap target, in pixels */
  const TARGET = 44
  /** maximum height of a call row in pixels, because several rows must fit on one screen */
  const CALL_HEIGHT = 200
  /** the share of the screen that the bar may cover */
  const BAR_PART = 0.25
  /** the tolerance in pixels for the rounding of an edge's position */
  const SLACK = 1
  /** number of letters in the longest word that a person might write */
  const LONGEST_WORD = 30
  const CONTROLS = 'a[href], button, input, select, textarea, summary'
  const faults = new Set<string>()

  const name = (element: Element): string => {
    const label = element.ariaLabel ?? (element.textContent || element.getAttribute('name')) ?? ''
    const id = element.id && `#${element.id}`
    return `${element.localName}${id} "${label.trim().replace(/\s+/g, ' ').slice(0, 32)}"`
  }
  const at = (value: number): string => String(Math.round(value))
  const isShown = (element: Element): boolean => {
    const { width, height } = element.getBoundingClientRect()
    const isSeen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    return isSeen && width > SLACK && height > SLACK
  }
  /**
   * Decoration may leave the screen, and a skip link stays off the screen until it has the focus.
   */
  const isOutsideOnPurpose = (element: Element): boolean =>
    element.closest('[aria-hidden=true], .skip:not(:focus)') !== null
  const clips = (element: Element): boolean =>
    /hidden|clip|auto|scroll/.test(getComputedStyle(element).overflowX)
  const isScroller = (element: Element): boolean =>
    /auto|scroll/.test(getComputedStyle(element).overflowY)
  const clipper = (element: Element): Element | null => {
    const parent = element.parentElement
    if (!parent || parent === document.body) return null
    return clips(parent) ? parent : clipper(parent)
  }
  const isInline = (element: Element): boolean =>
    /^(inline|contents)$/.test(getComputedStyle(element).display)
  const blockOf = (element: Element): Element =>
    isInline(element) && element.parentElement ? blockOf(element.parentElement) : element

  scrollTo(0, 0)
  const all = [...document.body.querySelectorAll<HTMLElement>('*')].filter(
    (element) => element instanceof HTMLElement && isShown(element) && !isOutsideOnPurpose(element),
  )
  const bar = document.querySelector<HTMLElement>('.bar')
  const barItems = all.filter((element) => element.matches('.bar a'))
  const isFixed = bar !== null && getComputedStyle(bar).position === 'fixed'
  const edges = barItems.map((item) => item.getBoundingClientRect())
  const barTop = Math.min(...edges.map(({ top }) => top))
  const barBottom = Math.max(...edges.map(({ bottom }) => bottom))
  const foot = isFixed && barTop > innerHeight / 2 ? barTop : innerHeight

  function checkWidth(): void {
    const { scrollWidth } = document.documentElement
    if (scrollWidth > innerWidth) faults.add(`the page is ${String(scrollWidth)} px wide`)
    for (const element of all) {
      const { left, right } = element.getBoundingClientRect()
      if (left >= -SLACK && right <= innerWidth + SLACK) continue
      if (clipper(element)) continue
      faults.add(`${name(element)} reaches from ${at(left)} to ${at(right)} of ${at(innerWidth)}`)
    }
  }

  /**
   * Firefox writes the fields of open pages to disk. A form can forbid that for its inputs, but a
   * text area must forbid it itself.
   */
  function checkKept(): void {
    const fields = document.querySelectorAll<HTMLInputElement>('input, textarea')
    for (const field of fields) {
      const forbids = [field, field.localName === 'textarea' ? null : field.form]
      const isKept = forbids.every((each) => each?.getAttribute('autocomplete') !== 'off')
      if (isKept && !/^(hidden|file|button|submit)$/.test(field.type))
        faults.add(`${name(field)} may be kept by the browser`)
    }
  }

  function checkBar(): void {
    if (barItems.length === 0) return
    const rows = new Set(edges.map(({ top }) => Math.round(top / 4)))
    if (isUsualText && rows.size > 1) faults.add(`the bar has ${String(rows.size)} rows`)
    const height = barBottom - barTop
    if (height > innerHeight * BAR_PART)
      faults.add(`the bar is ${at(height)} of ${at(innerHeight)} px high`)
  }

  /**
   * Scrolls to each control, label and heading, as the keyboard does. The bar must not cover any of
   * them.
   */
  function checkCovered(): void {
    if (!isFixed) return
    const covered: string[] = []
    for (const element of all) {
      if (bar.contains(element)) continue
      if (!element.matches(`${CONTROLS}, label, h1, h2, h3`)) continue
      element.scrollIntoView({ block: 'nearest', behavior: 'instant' })
      const { top, bottom, left, right, height } = element.getBoundingClientRect()
      const rect = bar.getBoundingClientRect()
      const isBeside = right <= rect.left || left >= rect.right
      const isApart = bottom <= rect.top + SLACK || top >= rect.bottom - SLACK
      if (isBeside || isApart || height > innerHeight - rect.height) continue
      covered.push(`${name(element)}, which ends at ${at(bottom)}, below ${at(rect.top)}`)
    }
    const [first] = covered
    if (first) faults.add(`the bar covers ${String(covered.length)} elements, first ${first}`)
    scrollTo(0, 0)
  }

  function checkFirstScreen(): void {
    if (!isUsualText || !isPhone) return
    const rows = all.filter((each) => each.matches('main a[href^="tel:"]') && !isInline(each))
    // A link to a part of the page scrolls to that part first.
    const target = document.querySelector(':target')
    target?.scrollIntoView({ behavior: 'instant' })
    for (const row of rows) {
      const { height } = row.getBoundingClientRect()
      if (height > CALL_HEIGHT) faults.add(`the call ${name(row)} is ${at(height)} px high`)
    }
    const buttons = all.filter((each) => each.matches('main button.go'))
    const own = rows.filter((row) => !target || target.contains(row))
    // On the smallest phone, reaching the numbers to call may take one scroll.
    const needed = innerWidth < 360 ? 0 : calls
    const first = [...own.slice(0, needed), ...(isButtonFirst ? buttons.slice(0, 1) : [])]
    if (own.length < calls) faults.add(`there are ${String(own.length)} call rows`)
    for (const element of first) {
      const { bottom } = element.getBoundingClientRect()
      if (bottom > foot + SLACK)
        faults.add(`first screen: ${name(element)} ends at ${at(bottom)}, below ${at(foot)}`)
    }
    scrollTo(0, 0)
  }

  /** An address, a code or a very long run of letters may break anywhere. */
  const isNoWord = (word: string): boolean =>
    /[/@]|\w\.\w/.test(word) || /^[\w+=:-]{16,}$/.test(word) || word.length > LONGEST_WORD
  const linesOf = (range: Range): DOMRect[] =>
    [...range.getClientRects()].filter(({ width }) => width > 0)

  /**
   * A word that is wider than the entire column must break, but a narrow box does not justify a
   * break. With large text, a word that is wider than its own box may break.
   */
  function checkWord(text: Text, word: string, start: number, column: number): void {
    const range = document.createRange()
    range.setStart(text, start)
    range.setEnd(text, start + word.length)
    // The part of a word after a soft hyphen may also have an empty box on the line before.
    const lines = linesOf(range).filter(({ width }) => width > SLACK)
    const [first] = lines
    if (!first || lines.every(({ top }) => Math.abs(top - first.top) < first.height / 2)) return
    // A comma or a bracket must not be separated from its word.
    const behind = /^[^\s\p{L}\d]*/u.exec(text.data.slice(start + word.length))?.[0].length ?? 0
    range.setEnd(text, start + word.length + behind)
    const whole = linesOf(range).reduce((sum, { width }) => sum + width, 0)
    if (whole > column || isNoWord(word)) return
    const box = blockOf(text.parentElement ?? document.body)
    const { paddingLeft, paddingRight } = getComputedStyle(box)
    const room = box.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)
    if (!isUsualText && whole > room - SLACK) return
    faults.add(`"${word}" is broken in ${name(box)}`)
  }

  function checkBoxOf(text: Text, lines: DOMRect[]): void {
    const parent = text.parentElement ?? document.body
    const size = parseFloat(getComputedStyle(parent).fontSize)
    const box = blockOf(parent)
    const edge = box.getBoundingClientRect()
    const cut = clipper(text.parentElement === box ? box : parent)
    const clip = clips(box) ? edge : cut?.getBoundingClientRect()
    const scrolls = isScroller(clips(box) ? box : (cut ?? box))
    for (const { left, right, top, bottom } of lines) {
      if (left < edge.left - SLACK || right > edge.right + SLACK)
        faults.add(`text leaves its box sideways: ${name(box)}`)
      // In some fonts, letters are taller than their line.
      const spare = size / 3
      const isOutside = bottom > edge.bottom + spare || top < edge.top - spare
      if (isOutside && !isScroller(box))
        faults.add(`text leaves its box upwards or downwards: ${name(box)}`)
      if (clip && !scrolls && (bottom > clip.bottom + spare || right > clip.right + SLACK))
        faults.add(`text is clipped: ${name(box)}`)
    }
  }

  function checkText(): void {
    const main = document.querySelector('main') ?? document.body
    const { paddingLeft, paddingRight } = getComputedStyle(main)
    const column = main.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const text = walker.currentNode as Text
      const parent = text.parentElement
      if (!parent || !/\S/.test(text.data) || parent.closest('textarea, select, svg')) continue
      if (!isShown(parent) || isOutsideOnPurpose(parent)) continue
      const range = document.createRange()
      range.selectNodeContents(text)
      const lines = linesOf(range)
      const [first] = lines
      if (!first) continue
      checkBoxOf(text, lines)
      const isOneLine = lines.every(({ top }) => Math.abs(top - first.top) < first.height / 2)
      if (isOneLine) continue
      if (/^\s*\d+ \/ \d+\s*$/.test(text.data)) faults.add(`the counter ${text.data} is broken`)
      // A line may break after a hyphen, a slash or a soft hyphen, so the loop checks each part.
      for (const { 0: word, index } of text.data.matchAll(/[^\s‐‑–—/­-]{2,}/g))
        checkWord(text, word, index, column)
    }
  }

  /** A link inside a sentence is as tall as its line. A standalone link is a tap target. */
  const isInSentence = (link: Element): boolean =>
    link.localName === 'a' &&
    isInline(link) &&
    /\p{L}/u.test(blockOf(link).textContent.replace(link.textContent, ''))
  const labelsOf = (control: Element): Element[] =>
    control instanceof HTMLInputElement ? [...(control.labels ?? [])] : []

  function checkTargets(): void {
    for (const control of all) {
      if (!control.matches(CONTROLS) || isInSentence(control)) continue
      const isTicked = control.matches('[type=radio], [type=checkbox]')
      const labels = labelsOf(control).filter(isShown)
      const rects = [control, ...(isTicked ? labels : [])].map((e) => e.getBoundingClientRect())
      const width = Math.max(...rects.map((rect) => rect.width))
      const height = Math.max(...rects.map((rect) => rect.height))
      if (isPhone && (width < TARGET - SLACK || height < TARGET - SLACK))
        faults.add(`${name(control)} is a target of ${at(width)} × ${at(height)} px`)
      if (isTicked) checkPlace(control, labels)
    }
  }

  /** Checks that a tick box is in the row of its label or beside the label. */
  function checkPlace(box: Element, labels: Element[]): void {
    const { left, right, top, bottom } = box.getBoundingClientRect()
    const middle = (top + bottom) / 2
    const isBeside = labels.some((label) => {
      const row = label.getBoundingClientRect()
      const isInRow = middle > row.top && middle < row.bottom
      return isInRow && right > row.left - TARGET && left < row.right + TARGET / 2
    })
    if (!isBeside) faults.add(`${name(box)} is not beside its words: ${at(left)}, ${at(middle)}`)
  }

  checkWidth()
  checkKept()
  checkBar()
  checkText()
  checkTargets()
  checkFirstScreen()
  checkCovered()
  return [...faults]
}
