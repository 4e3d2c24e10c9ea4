import { PageTitle } from './page-title.tsx'

type ErrorPageProps = {
  /** The HTTP status of this answer. */
  status: number
  /** Names the request in the log, for those who report a fault of ours. */
  requestId: string | undefined
}

/** What went wrong and what to do next, by the status of the answer. It never repeats the words of the error itself. */
export function ErrorPage({ status, requestId }: ErrorPageProps) {
  const { title, whatToDo } = errorWords(status)
  return (
    <>
      <PageTitle lede={whatToDo}>{title}</PageTitle>
      <p>
        <a href="/">Go to the front page</a>
      </p>
      {status >= 500 && requestId ? (
        <p className="mt-6 font-sans text-note text-soft">
          If you tell us about this, give us the number of your request: <code>{requestId}</code>
        </p>
      ) : null}
    </>
  )
}

type ErrorWords = { title: string; whatToDo: string }

const words: Record<number, ErrorWords> = {
  400: {
    title: 'We could not read what was sent',
    whatToDo: 'Go back, check what you entered and send it once more.',
  },
  403: {
    title: 'This page is not open to you',
    whatToDo:
      'If you were sending a form, go back, load its page again and send it from there. If somebody gave you a link, ask them to check it.',
  },
  404: {
    title: 'Page not found',
    whatToDo: 'If you typed the address, check it. If you followed a link, the page may have moved.',
  },
  405: {
    title: 'This page does not work that way',
    whatToDo: 'Go back, load the page again and try once more.',
  },
  410: {
    title: 'This page has been taken away',
    whatToDo: 'It was here once and is not any more. What is public now can be reached from the front page.',
  },
  413: {
    title: 'That was too long to send',
    whatToDo: 'Go back, shorten what you wrote or choose a smaller file, and send it again.',
  },
  429: {
    title: 'Too many attempts',
    whatToDo: 'Wait a few minutes, then try again. Nothing that you sent before is lost.',
  },
  503: {
    title: 'The site cannot answer right now',
    whatToDo: 'Try again in a few minutes. If you were sending a form, check first whether it arrived.',
  },
}

const refused: ErrorWords = {
  title: 'That did not work',
  whatToDo: 'Go back, check what you entered and try once more.',
}

const ourFault: ErrorWords = {
  title: 'Something went wrong on our side',
  whatToDo:
    'Try again in a few minutes. If you were sending a form, check first whether it arrived. The fault has been recorded.',
}

/** The title of the error page for this status, and what the reader can do. */
export function errorWords(status: number): ErrorWords {
  return words[status] ?? (status < 500 ? refused : ourFault)
}
