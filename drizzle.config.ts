import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: ['./worker/store/schema-reports.ts', './worker/store/schema-people.ts'],
  out: './migrations',
})
