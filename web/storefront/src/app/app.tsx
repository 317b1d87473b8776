import { lazy, Suspense } from "react";
import { Route, Routes } from "react-router";
import { Layout } from "./layout.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { PageSkeleton } from "./page-skeleton.tsx";
import { PAGES } from "./pages.ts";

const shown = Object.entries(PAGES).map(([path, { load }]) => ({ path, Component: lazy(load) }));

export const App = () => (
  <Layout>
    <Suspense fallback={<PageSkeleton />}>
      <Routes>
        {shown.map(({ path, Component }) => (
          <Route key={path} path={path} element={<Component />} />
        ))}
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Suspense>
  </Layout>
);
