import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: ['reports', 'people', 'cases'].map((of) => `./worker/store/schema-${of}.ts`),
  out: './migrations',
})
