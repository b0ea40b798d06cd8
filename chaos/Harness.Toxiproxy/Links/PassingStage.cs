namespace Harness.Toxiproxy.Links;

/// <summary>Passes everything: for toxics that act elsewhere than on the stream.</summary>
internal sealed class PassingStage : ToxicStage
{
    protected override void Act() => PassAll();
}
