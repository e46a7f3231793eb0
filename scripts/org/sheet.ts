// Writes the sheet of a recovery share in each language, for a person who never used a terminal.
import { NEEDED, SHARES } from '#site/staff/recovery/shares.ts'

const rule = '-'.repeat(78)

export function shareSheet(share: string, number: number, madeOn: string): string {
  const groups = share.split(' ')
  const rows = [0, 6, 12].map((from) => groups.slice(from, from + 6).join('  '))
  return `
OASIS FOUNDATION                      ${number} / ${SHARES}                           ${madeOn}
${rule}

        ${rows.join('\n\n        ')}

${rule}

КЫРГЫЗЧА
Бул барак калыбына келтирүүчү ачкычтын бир бөлүгү. Ачкыч ${SHARES} бөлүккө бөлүнгөн; аны
калыбына келтирүү үчүн каалаган ${NEEDED} бөлүк керек. Бир бөлүк менен эч нерсе ачылбайт.
- Кагазга басып чыгарып, конвертке салып, чаптап, ишенимдүү жерде сактаңыз.
- Сүрөткө тартпаңыз, көчүрбөңүз, эч кимге жөнөтпөңүз.
- Эки бөлүк бир үйдө же бир кишиде турбасын.
- Барак жоголсо же конверт ачылса, ошол эле күнү аны берген адамга айтыңыз.

ПО-РУССКИ
Этот лист - одна часть ключа восстановления. Ключ разделён на ${SHARES} части; чтобы
восстановить его, нужны любые ${NEEDED}. С одной частью ничего не открыть.
- Напечатайте на бумаге, запечатайте в конверт, храните в надёжном месте.
- Не фотографируйте, не копируйте, никому не пересылайте.
- Две части не должны лежать в одном доме или у одного человека.
- Если лист потерян или конверт вскрыт, в тот же день скажите тому, кто вам его передал.

IN ENGLISH
This sheet is one part of the recovery key. The key was split into ${SHARES} parts; any ${NEEDED} of
them give it back. One part alone opens nothing.
- Print it on paper, seal it in an envelope, keep it in a safe place.
- Do not photograph it, copy it or send it to anybody.
- Two parts must never lie in one house or with one person.
- If the sheet is lost or the envelope was opened, tell whoever gave it to you the same day.

Letters and digits only; there is no letter I, L, O or U in it. The last characters
are a check sum: a typing mistake is noticed.
`.trimStart()
}
