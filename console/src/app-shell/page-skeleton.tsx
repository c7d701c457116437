import { Skeleton, Stack } from "@mantine/core";

/** A page's outline while its code or first data are on the way. */
export const PageSkeleton = () => (
  <Stack gap="md" aria-busy="true" aria-label="Loading">
    <Skeleton height={28} width={220} />
    <Skeleton height={16} width="60%" />
    <Skeleton height={320} mt="md" />
  </Stack>
);
