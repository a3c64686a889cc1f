/** What `--help` adds to the list of options. */
export const importHelp = `
Into which database: --database takes a postgres:// URL, or a name on the server of DATABASE_URL
(on the embedded server of GRIDHALL_HOME when that is not set). To run a city beside the demo, give it
a home of its own:

  GRIDHALL_HOME=~/my-city npm run import -- all --mapping server/exchange/mappings/open-311.json \\
    --areas tracts.geojson --events cases.csv
  GRIDHALL_HOME=~/my-city npm start

There are no accounts yet, so screens on imported data show aggregates only: no residents, no addresses,
no reports and moves. GRIDHALL_OPEN=on gives everybody who reaches the port every post, as in the demo.

One command is one transaction: it writes everything or nothing. The report counts rows read, accepted,
flagged (taken, with a doubt) and refused (left out, with the reason). Row 1 of a CSV is its header;
row n of a GeoJSON is its n-th feature. Positions are degrees in WGS84 or CGCS2000, longitude and
latitude; nothing is converted.

Mapping file (JSON; server/exchange/mappings/open-311.json is an example):

  installation  name, nameEn, locale (zh | en), timeZone (America/Los_Angeles), root (district)
  areas.above   divisions over all areas, from the top: [{level, code, name, nameEn}]
  areas.levels  levels the file names, from the top, the last one "grid": [{level, code, name}]; code and
                name are a property, or text with properties in braces: "Tract {tractce10}". Features
                that share a code above the grid are joined into one outline.
  areas.landUse word of the list land-use for the block of each grid (town)
  events.delimiter, events.na          "," and cells that mean "no value": ["", "NA"]
  events.id, title, description, address, lng, lat, openedAt, closedAt, department   columns; title,
                description and address also take text with columns in braces
  events.time   format: iso, or a pattern of yyyy MM dd HH mm ss; timeZone if not the installation's
  events.status {column, map}          value in the file → status code, for example Closed → S61
  events.category {l1, l2}             columns of the category group and the category
  events.source a column, or {constant}
  events.level, events.handleHours     {default, byCategory}: by the name of category or group

addresses takes no mapping file. It writes the list whole or not at all, matches it to the end and says what came
of it; one that is killed goes on when it is run by the product, or by the same command. Only address and position are
kept. Positions declared as GCJ02 or BD09 are converted; a declaration that the buildings speak against is refused.

Categories, departments and sources that no list knows become words of the lists, named as in the file.`;
