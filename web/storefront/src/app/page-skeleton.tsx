import { Skeleton } from "@tradepost/ui/skeleton";

export const PageSkeleton = () => (
  <div className="shell flex flex-col gap-6 py-10">
    <Skeleton className="h-10 w-2/3 max-w-md" />
    <Skeleton className="h-5 w-full max-w-xl" />
    <Skeleton className="h-[50vh] w-full" />
  </div>
);
