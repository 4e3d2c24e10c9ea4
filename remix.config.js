// The options of Remix's Vite plug-in; vite.config.ts imports this file. Remix itself does not read it.

/** @type {import('@remix-run/dev').VitePluginConfig} */
export default {
  appDirectory: 'app',
  // bin/parts/builder.mjs builds into a folder of its own and renames it when it is whole.
  buildDirectory: process.env.BUILD_FOLDER ?? 'build',
  future: {
    v3_fetcherPersist: true,
    v3_lazyRouteDiscovery: true,
    v3_relativeSplatPath: true,
    v3_routeConfig: true,
    v3_singleFetch: true,
    v3_throwAbortReason: true,
  },
}
