import {
  Autocomplete,
  Badge,
  Button,
  createTheme,
  Drawer,
  Modal,
  MultiSelect,
  Select,
  Table,
  TagsInput,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from "@mantine/core";

const spruce: MantineColorsTuple = [
  "#eff8f8",
  "#dcefef",
  "#b7dcdd",
  "#8ec8c9",
  "#69b3b5",
  "#469c9f",
  "#2f8286",
  "#22767a",
  "#1d6a6e",
  "#124f53",
];

/** Mantine's dark greys, tinted as the rest is. */
const dark: MantineColorsTuple = [
  "#c8d1d3",
  "#aab6b9",
  "#86959a",
  "#66757a",
  "#3d4a4f",
  "#344045",
  "#1d2427",
  "#14191b",
  "#101516",
  "#0b0f10",
];

const dialog = { closeButtonProps: { "aria-label": "Close" }, overlayProps: { opacity: 0.4 } };

/** A list opens when it is pressed or typed into; one that opens on focus hides what stands below. */
const list = { openOnFocus: false };

/** Mantine's defaults miss WCAG AA in a few places: primary shade, dimmed and error text, unnamed close buttons. */
export const theme = createTheme({
  primaryColor: "spruce",
  primaryShade: { light: 8, dark: 7 },
  colors: { spruce, dark },
  autoContrast: false,
  defaultRadius: "md",
  radius: { lg: "0.75rem" },
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  headings: {
    fontWeight: "620",
    sizes: {
      h1: { fontSize: "1.375rem", lineHeight: "1.3" },
      h2: { fontSize: "1rem", lineHeight: "1.4" },
      h3: { fontSize: "0.875rem", lineHeight: "1.4" },
    },
  },
  components: {
    Autocomplete: Autocomplete.extend({ defaultProps: list }),
    Badge: Badge.extend({
      defaultProps: { variant: "default", tt: "none", fw: 500, radius: "sm" },
    }),
    Button: Button.extend({ defaultProps: { size: "sm" } }),
    Drawer: Drawer.extend({ defaultProps: dialog }),
    MultiSelect: MultiSelect.extend({ defaultProps: list }),
    Modal: Modal.extend({ defaultProps: { ...dialog, centered: true, padding: "lg" } }),
    Select: Select.extend({
      defaultProps: { ...list, allowDeselect: false, comboboxProps: { shadow: "md" } },
    }),
    Table: Table.extend({ defaultProps: { verticalSpacing: "xs" } }),
    TagsInput: TagsInput.extend({ defaultProps: list }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, withArrow: true } }),
  },
});

export const resolveCssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#ffffff",
    "--mantine-color-text": "#1b2529",
    "--mantine-color-dimmed": "#566268",
    "--mantine-color-placeholder": "#6b777d",
    "--mantine-color-error": "#b42318",
    "--mantine-color-anchor": "var(--mantine-color-spruce-8)",
    "--mantine-color-default-border": "#d5dcde",
    "--muster-canvas": "#f6f8f8",
    "--muster-line": "#e4e9ea",
    "--muster-hover": "#f3f7f7",
    "--muster-chosen": "#e6f1f1",
    "--muster-ok": "#16794c",
    "--muster-warn": "#95580a",
    "--muster-bad": "#b42318",
    "--muster-calm": "#5d6b71",
    "--muster-ok-soft": "#e9f6ef",
    "--muster-warn-soft": "#fdf4e3",
    "--muster-bad-soft": "#fdeceb",
  },
  dark: {
    "--mantine-color-body": "#14191b",
    "--mantine-color-text": "#e3e9ea",
    "--mantine-color-dimmed": "#9fadb1",
    "--mantine-color-placeholder": "#86959a",
    "--mantine-color-error": "#ff9a8f",
    "--mantine-color-red-filled": "#c92a2a",
    "--mantine-color-red-filled-hover": "#b02525",
    "--mantine-color-anchor": "var(--mantine-color-spruce-3)",
    "--mantine-color-default": "#1d2427",
    "--mantine-color-default-hover": "#252d31",
    "--mantine-color-default-border": "#344045",
    "--muster-canvas": "#0f1314",
    "--muster-line": "#272f32",
    "--muster-hover": "#1b2224",
    "--muster-chosen": "#1c3032",
    "--muster-ok": "#5ccf98",
    "--muster-warn": "#eab45e",
    "--muster-bad": "#ff9a8f",
    "--muster-calm": "#94a3a8",
    "--muster-ok-soft": "#14281f",
    "--muster-warn-soft": "#2b2313",
    "--muster-bad-soft": "#311b19",
  },
});
