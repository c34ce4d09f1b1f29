"""The doors of the public sites. They hold no rule: fetch, bind a form, call one action, show."""
