import { readdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Email } from '#emails/email.ts'
import { projectRoot } from './settings.ts'

type AnyProps = Record<string, unknown>

/** Every mail, found by its file, so that nobody keeps a list: `emails/NAME.tsx`, its default export. */
export async function findEmails(): Promise<{ name: string; email: Email<AnyProps> }[]> {
  const folder = path.join(projectRoot, 'emails')
  const files = readdirSync(folder).filter((file) => file.endsWith('.tsx') && !file.includes('.test.'))
  return Promise.all(
    files.sort().map(async (file) => {
      const { default: email } = (await import(pathToFileURL(path.join(folder, file)).href)) as {
        default: Email<AnyProps>
      }
      return { name: file.replace(/\.tsx$/, ''), email }
    }),
  )
}
