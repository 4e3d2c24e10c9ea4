import { data } from '@remix-run/node'

/** No page has this address. A route of its own, so that the answer is read and set like every other page. */
export function loader() {
  throw data(null, { status: 404 })
}

export const action = loader

/** Never shown: the loader always throws. Without it the route would not be a page. */
export default function NotFound() {
  return null
}
