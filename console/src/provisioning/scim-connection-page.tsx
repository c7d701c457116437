import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { PageSkeleton } from "../app-shell/page-skeleton.tsx";
import { ProblemPage } from "../app-shell/problem-page.tsx";
import { ConnectionView } from "./connection-view.tsx";
import { connectionQuery } from "./queries.ts";

const route = getRouteApi("/signed-in/settings/integrations/scim/$connectionId");

export const ScimConnectionPage = () => {
  const { connectionId } = route.useParams();
  const { tab } = route.useSearch();
  const connection = useQuery(connectionQuery(connectionId));
  if (connection.isPending) return <PageSkeleton />;
  if (connection.error)
    return <ProblemPage error={connection.error} onRetry={connection.refetch} />;
  return <ConnectionView key={connectionId} connection={connection.data} tab={tab} />;
};
