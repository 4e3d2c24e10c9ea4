/**
 * The services of others that a sandbox only pretends to have (payments, mail): each a program of ours on loopback,
 * kept running like the rest. `args` are Node's: the program's file first.
 *
 * @type {readonly { name: string, args: string[] }[]}
 */
export const standIns = []
