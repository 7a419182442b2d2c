-- What `techgraph … -o graph.sqlite` makes beside the tables of its nodes. PRAGMA user_version is the version of all this.

CREATE TABLE edges (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL REFERENCES nodes (id),
  target TEXT NOT NULL REFERENCES nodes (id),
  kind TEXT NOT NULL,
  count INTEGER NOT NULL,
  first_day TEXT,
  last_day TEXT,
  talks TEXT
);
CREATE INDEX edges_by_source ON edges (source, kind);
CREATE INDEX edges_by_target ON edges (target, kind);

-- Every piece of evidence, for every edge that rests on some.
CREATE TABLE mentions (
  edge TEXT NOT NULL REFERENCES edges (id),
  source TEXT NOT NULL REFERENCES nodes (id),
  target TEXT NOT NULL REFERENCES nodes (id),
  kind TEXT NOT NULL,
  document TEXT NOT NULL,
  document_id TEXT REFERENCES documents (id),
  line INTEGER NOT NULL,
  "column" INTEGER NOT NULL,
  from_byte INTEGER NOT NULL,
  to_byte INTEGER NOT NULL,
  surface TEXT NOT NULL,
  via TEXT NOT NULL,
  confidence REAL NOT NULL,
  quote TEXT NOT NULL,
  url TEXT
);
CREATE INDEX mentions_by_edge ON mentions (edge);

-- By month; `day` is its first, for time axes.
CREATE VIEW trends AS
SELECT technologies.label AS technology, substr(talks.date, 1, 7) AS period,
  count(DISTINCT talks.id) AS talks, sum(edges.count) AS mentions, substr(talks.date, 1, 7) || '-01' AS day
FROM edges JOIN talks ON talks.id = edges.source JOIN technologies ON technologies.id = edges.target
WHERE edges.kind = 'mentions' AND talks.date IS NOT NULL
GROUP BY technologies.id, period
ORDER BY period, talks DESC, technology;

-- For Grafana's node graph panel: the 200 companies and technologies with the most talks, joined where one uses the other.
CREATE VIEW grafana_nodes AS
SELECT id, label AS title, kind AS subtitle, talks || CASE talks WHEN 1 THEN ' talk' ELSE ' talks' END AS mainstat, category AS secondarystat,
  kind = 'company' AS arc__company, kind = 'technology' AS arc__technology, url AS detail__url
FROM (SELECT * FROM companies UNION ALL SELECT * FROM technologies)
WHERE id IN (SELECT source FROM edges WHERE kind = 'uses' UNION SELECT target FROM edges WHERE kind = 'uses')
ORDER BY talks DESC, id
LIMIT 200;

CREATE VIEW grafana_edges AS
SELECT id, source, target, count || '×' AS mainstat, min(8, count) AS thickness, count AS detail__count
FROM edges
WHERE kind = 'uses' AND source IN (SELECT id FROM grafana_nodes) AND target IN (SELECT id FROM grafana_nodes);
