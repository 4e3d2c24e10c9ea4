import { data, type LoaderFunctionArgs } from '@remix-run/node'

/** The statuses of requests that no route answered (app/platform/web.server.ts). */
const statuses: Record<string, number> = { malformed: 400, foreign: 403, 'too-large': 413, failed: 500 }

/** Has no page of its own: the root's error page says what happened and what to do. */
export function loader({ params }: LoaderFunctionArgs) {
  throw data(null, { status: statuses[params.reason ?? ''] ?? 404 })
}

export default function Refused() {
  return null
}
