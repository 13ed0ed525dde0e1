;; Counts in how many bits each code differs from the query's, 128 bits at a time. hamming-scan.data.ts holds this file assembled (wabt's wat2wasm).
;; A code is `quads` times 512 bits. Distances are 16-bit numbers; `histogram` counts how often each occurs, as 32-bit numbers.
(module
  (memory (export "memory") 1)

  (func $differing (param $code i32) (param $query i32) (result v128)
    (i8x16.add
      (i8x16.add
        (i8x16.popcnt (v128.xor (v128.load (local.get $code)) (v128.load (local.get $query))))
        (i8x16.popcnt (v128.xor (v128.load offset=16 (local.get $code)) (v128.load offset=16 (local.get $query)))))
      (i8x16.add
        (i8x16.popcnt (v128.xor (v128.load offset=32 (local.get $code)) (v128.load offset=32 (local.get $query))))
        (i8x16.popcnt (v128.xor (v128.load offset=48 (local.get $code)) (v128.load offset=48 (local.get $query)))))))

  (func (export "scan") (param $codes i32) (param $count i32) (param $quads i32) (param $query i32) (param $distances i32) (param $histogram i32)
    (local $left i32) (local $part i32) (local $sum v128) (local $distance i32) (local $place i32)
    (if (i32.eqz (local.get $count)) (then (return)))
    (loop $codes_left
      (local.set $sum (v128.const i32x4 0 0 0 0))
      (local.set $left (local.get $quads))
      (local.set $part (local.get $query))
      (loop $quads_left
        (local.set $sum (i8x16.add (local.get $sum) (call $differing (local.get $codes) (local.get $part))))
        (local.set $codes (i32.add (local.get $codes) (i32.const 64)))
        (local.set $part (i32.add (local.get $part) (i32.const 64)))
        (br_if $quads_left (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
      (local.set $sum (i32x4.extadd_pairwise_i16x8_u (i16x8.extadd_pairwise_i8x16_u (local.get $sum))))
      (local.set $distance
        (i32.add
          (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum)))
          (i32.add (i32x4.extract_lane 2 (local.get $sum)) (i32x4.extract_lane 3 (local.get $sum)))))
      (i32.store16 (local.get $distances) (local.get $distance))
      (local.set $distances (i32.add (local.get $distances) (i32.const 2)))
      (local.set $place (i32.add (local.get $histogram) (i32.shl (local.get $distance) (i32.const 2))))
      (i32.store (local.get $place) (i32.add (i32.load (local.get $place)) (i32.const 1)))
      (br_if $codes_left (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))

  ;; Writes the places of all distances up to `limit` to `found`, as 32-bit numbers; answers how many. Eight distances are looked at together.
  (func (export "collect") (param $distances i32) (param $count i32) (param $limit i32) (param $found i32) (result i32)
    (local $limits v128) (local $place i32) (local $end i32) (local $next i32)
    (local.set $limits (i16x8.splat (local.get $limit)))
    (local.set $next (local.get $found))
    (block $done
      (loop $eights
        (br_if $done (i32.ge_u (local.get $place) (local.get $count)))
        (local.set $end (i32.add (local.get $place) (i32.const 8)))
        (if (i32.eqz (v128.any_true (i16x8.le_u (v128.load (i32.add (local.get $distances) (i32.shl (local.get $place) (i32.const 1)))) (local.get $limits))))
          (then (local.set $place (local.get $end)) (br $eights)))
        (if (i32.gt_u (local.get $end) (local.get $count)) (then (local.set $end (local.get $count))))
        (loop $ones
          (if (i32.le_u (i32.load16_u (i32.add (local.get $distances) (i32.shl (local.get $place) (i32.const 1)))) (local.get $limit))
            (then
              (i32.store (local.get $next) (local.get $place))
              (local.set $next (i32.add (local.get $next) (i32.const 4)))))
          (br_if $ones (i32.lt_u (local.tee $place (i32.add (local.get $place) (i32.const 1))) (local.get $end))))
        (br $eights)))
    (i32.shr_u (i32.sub (local.get $next) (local.get $found)) (i32.const 2))))
