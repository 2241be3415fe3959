/* The pose editor: points on the figure that are dragged or turned by keys, sliders, undo, and the pictures as they
   print. The server draws; the form keeps every pose as text, so that it is sent and saved without this file, too. */
import "./pose_looking.js";
import "./pose_moving.js";
import "./pose_pictures.js";
import { refresh } from "./pose_asking.js";
import { show } from "./pose_showing.js";

show();
refresh();
