"""What people ask of Hearthside itself: names, who can hear it, guests, how it speaks, whom to call, goodnight."""
