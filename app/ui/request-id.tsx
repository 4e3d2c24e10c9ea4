import { createContext, useContext } from 'react'

const RequestIdContext = createContext<string | undefined>(undefined)

export const RequestIdProvider = RequestIdContext.Provider

/** What the log calls this request. It comes from beside the data, so that a page can say it when reading has failed. */
export function useRequestId(): string | undefined {
  return useContext(RequestIdContext)
}
