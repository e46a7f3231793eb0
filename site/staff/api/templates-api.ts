// Lists the requests about templates of replies.
import { TemplateList, type NewTemplate } from '#protocol/staff/templates'
import { ask, nothing } from './client.ts'

export const fetchTemplates = (): Promise<TemplateList> =>
  ask({ method: 'GET', path: 'templates', answer: TemplateList })

export const putTemplateText = (name: string, body: NewTemplate): Promise<null> =>
  ask({ method: 'PUT', path: `templates/${name}`, body, answer: nothing })
