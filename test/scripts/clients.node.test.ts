import { expect, test } from 'vitest'
import { tableOf, tallyOf, type ClientRow } from '#scripts/lab/clients/table'
import { stopsIn } from '#scripts/lab/clients/drive-text-browser'

const rows: ClientRow[] = [
  { client: 'Firefox', outcomes: ['ok', 'failed', 'not reached'], why: 'number: none' },
  { client: 'WebKitGTK', outcomes: ['not here', 'not here', 'not here'], why: 'no driver' },
]

test('A step that was not reached counts as failed, and a missing browser counts as absent', () => {
  expect(tallyOf(rows)).toEqual({ passed: 1, failed: 2, absent: 1 })
})

test('The table of clients has a line for each client and a column for each step', () => {
  expect(tableOf(['tell', 'number', 'answer'], rows)).toBe(
    [
      'client     tell      number    answer',
      'Firefox    ok        failed    not reached',
      'WebKitGTK  not here  not here  not here',
    ].join('\n'),
  )
})

test('Lynx stops at links and fields in order, even at hidden fields, and nowhere else', () => {
  const html = `<body><a aria-current="page">here</a><a class="tel" href="tel:102">102</a>
    <script>"<input>"</script><input type="hidden" name="x">
    <input type="radio" name="danger" hidden><textarea id="text"></textarea>
    <button type="button">Say</button><label for="text">Write</label></body>`
  expect(stopsIn(html).map((tag) => tag.slice(1, 6))).toEqual(['a cla', 'input', 'texta', 'butto'])
})
