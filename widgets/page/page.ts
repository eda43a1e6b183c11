// What a report page does once it is open. Without it the page is complete, only still.
import { drawCharts } from "./chart";
import { filterSites } from "./filter";

drawCharts();
filterSites();
