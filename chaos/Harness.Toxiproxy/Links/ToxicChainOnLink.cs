using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Links;

/// <summary>The toxics of one link, in order of addition, and how they change under traffic.</summary>
internal sealed class ToxicChainOnLink(Link link, Sink sink)
{
    // Null while there is none: most links never meet a toxic.
    private List<ToxicStage>? _stages;

    /// <summary>The stage that reads go to.</summary>
    public Stage First => _stages is { Count: > 0 } stages ? stages[0] : sink;

    /// <summary>Pumps from the last to the first, so that each finds the room that the one behind it made.</summary>
    public void Pump()
    {
        for (int i = (_stages?.Count ?? 0) - 1; i >= 0; i--)
            _stages![i].Pump();
    }

    /// <summary>Makes the stages those of <paramref name="wanted"/>; false when they already were.</summary>
    public bool Apply(IReadOnlyList<ToxicDefinition> wanted)
    {
        bool changed = RemoveAllBut(wanted);
        foreach (ToxicDefinition toxic in wanted)
        {
            if (_stages?.Find(s => !s.BelongsToConnection && s.Toxic.IsSameToxic(toxic)) is not { } stage)
                Add(toxic.Type.CreateStage(link, toxic));
            else if (stage.Toxic.Revision != toxic.Revision)
                stage.Update(toxic);
            else
                continue;
            changed = true;
        }
        return changed;
    }

    public void Discard()
    {
        foreach (ToxicStage stage in _stages ?? [])
            stage.Discard();
    }

    /// <summary>Puts a stage behind those that are there.</summary>
    public void Add(ToxicStage added)
    {
        _stages ??= new List<ToxicStage>(1);
        ToxicStage? last = _stages.Count > 0 ? _stages[^1] : null;
        InterruptAndWake(last);
        added.Next = sink;
        if (last is not null)
            last.Next = added;
        else if (sink.InputEnded)
            added.End();
        _stages.Add(added);
        added.Start();
    }

    private bool RemoveAllBut(IReadOnlyList<ToxicDefinition> wanted)
    {
        bool removed = false;
        for (int i = (_stages?.Count ?? 0) - 1; i >= 0; i--)
        {
            ToxicStage stage = _stages![i];
            if (stage.BelongsToConnection || wanted.Any(stage.Toxic.IsSameToxic))
                continue;
            ToxicStage? before = i > 0 ? _stages[i - 1] : null;
            InterruptAndWake(before);
            stage.Remove();
            _stages.RemoveAt(i);
            if (before is not null)
                before.Next = stage.Next;
            removed = true;
        }
        return removed;
    }

    private void InterruptAndWake(ToxicStage? stage)
    {
        if (stage is not { Active: true })
            return;
        stage.Interrupt();
        link.Moved = true;
    }
}
