// Checks the lessons for officials and their sheets: cases, questions with answers, and the quiz.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { languages } from '#content/languages.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { dist } from './built.ts'

const LESSONS = 5
const QUESTIONS = 5
const content = join(import.meta.dirname, '../../content/pages')
/** Words that would claim that the Foundation's own questions have been validated by others. */
const EXAMINED = /\bvalidated|\btested|валидир|апробир|протестир|сыналган|текшерилген суроо/i

describe.each(languages)('the lessons in %s', (lang) => {
  const sourceOf = (page: string): string =>
    readFileSync(join(content, lang, `${page}.mdx`), 'utf8')
  const htmlOf = (page: string): string =>
    readFileSync(join(dist, pathOf(lang, page), 'index.html'), 'utf8')
  const countIn = (text: string, part: string): number => text.split(part).length - 1

  test('There are five lessons, each with one case and at least three questions', () => {
    const lessons = sourceOf('training')
      .split(/^## /m)
      .slice(1)
      .filter((section) => section.includes('<Callout'))
    expect(lessons).toHaveLength(LESSONS)
    for (const lesson of lessons) {
      expect(countIn(lesson, '<Callout ')).toBe(1)
      const answers = lesson.split('<Question ').slice(1)
      expect(answers.length).toBeGreaterThanOrEqual(3)
      for (const answer of answers)
        expect(/>\n\n([\s\S]+?)\n\n<\/Question>/.exec(answer)?.[1]?.trim()).toBeTruthy()
    }
  })

  test('Each question of the built page unfolds by itself, without a script of the page', () => {
    const html = htmlOf('training')
    const questions = countIn(sourceOf('training'), '<Question ')
    expect(countIn(html, '<details class="fold question"')).toBe(questions)
    const scripts = /<script(?![^>]*ld\+json)/g
    expect(html.match(scripts)).toEqual(htmlOf('training-sheets').match(scripts))
    expect(html).not.toMatch(/<(form|input|textarea)\b/)
  })

  test('The sheets have the five questions, an answer to each, and a place for no name', () => {
    const source = sourceOf('training-sheets')
    const handouts = source.split('<Handout>').slice(1)
    const quiz = handouts.at(-2) ?? ''
    const answers = handouts.at(-1) ?? ''
    const [, rows = ''] = /rows=\{\[(.*)\]\}/.exec(quiz) ?? []
    expect(rows.match(/'\d\. /g)).toHaveLength(QUESTIONS)
    expect(answers.match(/^\d\. /gm)).toHaveLength(QUESTIONS)
    expect(countIn(htmlOf('training-sheets'), '<section class="handout"')).toBe(handouts.length)
  })

  test('No sheet says that somebody has examined our own five questions', () => {
    for (const page of ['training', 'training-sheets']) expect(sourceOf(page)).not.toMatch(EXAMINED)
  })

  test('The page for professionals leads to the lessons, and the lessons to the sheets', () => {
    expect(htmlOf('professionals')).toContain(`href="${pathOf(lang, 'training')}"`)
    for (const page of ['professionals', 'training'])
      expect(htmlOf(page)).toContain(`href="${pathOf(lang, 'training-sheets')}"`)
  })
})
