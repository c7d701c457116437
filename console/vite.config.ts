import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = "http://localhost:3000";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: "dist",
    target: "es2023",
    // The content security policy has no use for data: scripts and fonts, and files are cached for ever.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
  // The server accepts changes from its own origin only, so the proxy speaks as it.
  server: {
    proxy: {
      "/api": { target: server, changeOrigin: true, headers: { origin: server } },
    },
  },
});
