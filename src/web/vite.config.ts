import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [vue()],
  // Only what the page uses of them: no options API, no devtools, no legacy translation API.
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    // A word of Chromium 93 that @noble/hashes uses.
    "Object.hasOwn": "Object.prototype.hasOwnProperty.call",
  },
  build: {
    outDir: "../../dist/web",
    emptyOutDir: true,
    // The page of people, and the one that LCD screens play a board with.
    rollupOptions: { input: ["index.html", "show.html"].map((name) => `${import.meta.dirname}/${name}`) },
    // The oldest Chromium that such offices still have; test/web/old-chromium.test.ts opens the page in it.
    target: "chrome86",
    // The page's policy allows no data: or inline parts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // `vite src/web` beside a daemon, for work on the page.
  server: {
    proxy: {
      // As the browser asks: the daemon compares whose page it is with what it is called.
      "/api": { target: "http://127.0.0.1:8080", changeOrigin: false },
      "^/show/.*/line$": { target: "ws://127.0.0.1:8080", ws: true },
      "/preview": { target: "ws://127.0.0.1:8080", ws: true },
    },
  },
});
