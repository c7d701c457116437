import "./app-shell/styles.css";
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "./api/query-client.ts";
import { createConsoleRouter } from "./app-shell/router.ts";
import { meQuery } from "./app-shell/session.ts";
import { resolveCssVariables, theme } from "./app-shell/theme.ts";

const queries = createQueryClient(() => {
  // Before the first page, and on pages for those who are not signed in, the routes see to it.
  const { resolvedLocation: shown, location } = router.state;
  if (!shown || /^\/(sign-in|setup|welcome)/.test(location.pathname)) return;
  void queries.invalidateQueries({ queryKey: meQuery.queryKey, refetchType: "none" });
  void router.navigate({ to: "/sign-in", search: { to: location.href } });
});
const router = createConsoleRouter(queries);

// A page whose code is gone was opened before Muster was updated: load the new console, once.
window.addEventListener("vite:preloadError", () => {
  const key = "muster-reloaded-at";
  if (Date.now() - Number(sessionStorage.getItem(key)) < 10_000) return;
  sessionStorage.setItem(key, String(Date.now()));
  window.location.reload();
});

const place = document.getElementById("root");
if (!place) throw new Error("index.html has no #root");

createRoot(place).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveCssVariables}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queries}>
        <Notifications position="bottom-right" limit={4} />
        <ModalsProvider modalProps={{ centered: true }}>
          <RouterProvider router={router} />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
