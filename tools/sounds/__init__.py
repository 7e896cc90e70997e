"""The soundscapes of the sample network, made by code.

Words: a **signal** is one channel of samples between −1 and 1; a **scene** is two of them, left and right; a
**curve** is a value for every sample. `synthesis` makes and colours signals; `bells`, `water`, `creatures` and
`street` make things that sound; `space` puts them somewhere; `mastering` brings a scene to its loudness. Each
soundscape is a module with one function, `compose()`, that reads like its transcript. `make` writes them into the
packs; the same code always writes the same sound.
"""
