import { redirect } from '@remix-run/node'
import { findMails } from '../mailbox.server.ts'
import { requireSandbox } from '../sandbox.server.ts'

/** Leads to the mail that was sent last: one address to open again while a mail is being written. */
export async function loader() {
  requireSandbox()
  const answer = await findMails({ to: '', skip: 0, limit: 1 })
  const [newest] = answer.outcome === 'found' ? answer.value.data : []
  return redirect(newest ? `/sandbox/mail/${newest.id}` : '/sandbox/mail')
}
