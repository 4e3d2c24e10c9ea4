import { data } from '@remix-run/node'

/**
 * Reads what a form sent. A body that is no form, or a broken one, is the sender's affair: they get the page of status
 * 400, which says what to do.
 */
export async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData()
  } catch {
    throw data(null, { status: 400 })
  }
}
