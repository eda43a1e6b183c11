import { defineConfig } from "vitest/config";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    environment: "jsdom",
    globals: true, // so that what a test rendered is taken away after it
    include: ["widgets/**/*.test.{ts,tsx}"],
    reporters: ["default"],
    testTimeout: 60_000, // a busy machine is no failure
  },
});
